import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

arguments = getResolvedOptions(sys.argv, ["JOB_NAME", "source", "target"])
context = GlueContext(SparkContext.getOrCreate())
job = Job(context)
job.init(arguments["JOB_NAME"], arguments)
frame = context.spark_session.read.json(arguments["source"])
frame.write.mode("append").partitionBy("day").parquet(arguments["target"])
job.commit()
