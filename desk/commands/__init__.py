"""The subcommands of `jejak`: each reads its arguments, calls one function below, and shows the result."""
