"""Who cares for a child: parents who are lost, carers who are found, sponsors who help."""
