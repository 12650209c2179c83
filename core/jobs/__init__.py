"""Background jobs: enqueued inside the business transaction, run once, supervised."""
