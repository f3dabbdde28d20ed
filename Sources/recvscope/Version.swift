/// The version of the program: `--version`, and the `start` record.
let recvscopeVersion = "0.1.0"
