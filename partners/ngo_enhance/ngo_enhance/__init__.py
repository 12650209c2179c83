"""The ENHANCE project of the ILO: a partner's programme as a distribution of its own."""
