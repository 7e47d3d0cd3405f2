//! The probabilistic Condorcet election.
