"""What the flow shows as a whole: unusual days, problems many people write of, places that are silent."""
