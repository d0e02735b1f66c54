"""Glue job: one dataset from bronze to its silver table, as its contract says."""

import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from lakeworks.arguments import JobArguments, names_in
from lakeworks.pipeline import run_pipeline
from pyspark.context import SparkContext

options = getResolvedOptions(sys.argv, names_in(sys.argv))
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(options["JOB_NAME"], options)
run_pipeline(glue_context, JobArguments.of(options))
job.commit()
