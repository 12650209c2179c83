"""The reporting year: calendar, states and steps, confirmations, corrections, reminders."""
