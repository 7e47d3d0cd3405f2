//! The expected-utility model of Bueno de Mesquita.
