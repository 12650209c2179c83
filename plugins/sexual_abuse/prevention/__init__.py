"""What is done before anything happens: events, panels, communes that are ready; and silence."""
