"""Case management: intake to closing, with its clocks, papers, team and referrals."""
