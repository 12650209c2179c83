"""Children living with HIV: kept apart, in confidence, as the records of sexual abuse are."""
