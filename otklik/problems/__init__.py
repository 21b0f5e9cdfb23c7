"""The municipality's problems, their sources and root causes."""
