"""The shared library of the Glue jobs: bronze to silver as a dataset's contract says."""
