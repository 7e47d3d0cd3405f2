mod crisis;
mod extensive;
mod normal_form;
