//! Weighted mean and median, and the bargaining solutions of Nash and of Kalai and Smorodinsky.
