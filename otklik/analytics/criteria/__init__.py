"""Analysis by set criteria: rules of the curator over measures, findings they make, notices to the named roles."""
