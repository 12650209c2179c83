"""What is done for the child of a case: measures, plan, services, proceedings, review."""
