"""The Python API of AWS Glue for Spark jobs, as far as the local AWS runs it.

Written from Glue's public documentation; it is on the path of local runs only and is never uploaded to AWS,
where Glue brings its own. What is not done raises `NotImplementedError` naming it.
https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python.html
"""
