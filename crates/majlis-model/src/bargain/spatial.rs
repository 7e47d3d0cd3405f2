//! The spatial model of KTAB, in any number of dimensions.
