//! Models of EU decision-making that know the reference point: challenge and compromise.
