"""Checks a deployed stack through the AWS APIs at AWS_ENDPOINT_URL.

Usage: stack.py check STACK [--disabled JOB ...] | stack.py gone STACK ...
"""

import json
import sys

import boto3

JOBS = {
    "data_collection",
    "data_catchup",
    "calendar_refresh",
    "indicator_calculation",
    "watchlist_update",
    "statement_collection",
    "signal_generation",
    "position_monitoring",
    "risk_checks",
    "saxo_cycle",
    "saxo_token",
}


def check(stack, disabled):
    pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    unfinished = [
        resource["LogicalResourceId"]
        for resource in resources
        if resource["ResourceStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
    ]
    assert resources and not unfinished, f"{stack}: not complete: {unfinished}"
    print(f"{stack}: {len(resources)} resources, all complete")

    scheduler = boto3.client("scheduler")
    names = [
        schedule["Name"]
        for page in scheduler.get_paginator("list_schedules").paginate(GroupName=stack)
        for schedule in page["Schedules"]
    ]
    seen = set()
    for name in names:
        schedule = scheduler.get_schedule(GroupName=stack, Name=name)
        target = schedule["Target"]
        event = json.loads(target["Input"])
        job = event["job"]
        seen.add(job)
        state = "DISABLED" if job in disabled else "ENABLED"
        assert name.replace("-", "_").startswith(job), f"schedule {name} is not named after its job {job}"
        assert schedule["ScheduleExpression"].startswith("cron("), schedule
        assert schedule["ScheduleExpressionTimezone"] == "Asia/Seoul", schedule
        assert schedule["State"] == state, f"{name} is {schedule['State']}, not {state}"
        assert event["scheduledTime"] == "<aws.scheduler.scheduled-time>", event
        assert target["RetryPolicy"]["MaximumEventAgeInSeconds"] == 300, target
        assert target["DeadLetterConfig"]["Arn"].startswith("arn:aws:sqs:"), target
        print(f"{stack}: {name} {schedule['ScheduleExpression']} {schedule['ScheduleExpressionTimezone']} {state}")
    assert seen == JOBS, f"{stack}: schedules of {sorted(seen)}, not of {sorted(JOBS)}"


def gone(stacks):
    summaries = [
        summary
        for page in boto3.client("cloudformation").get_paginator("list_stacks").paginate()
        for summary in page["StackSummaries"]
    ]
    alive = [s["StackName"] for s in summaries if s["StackName"] in stacks and s["StackStatus"] != "DELETE_COMPLETE"]
    assert not alive, f"not deleted: {alive}"
    left = {
        "functions": boto3.client("lambda").list_functions()["Functions"],
        "topics": boto3.client("sns").list_topics()["Topics"],
        "queues": boto3.client("sqs").list_queues().get("QueueUrls", []),
        "schedules": boto3.client("scheduler").list_schedules()["Schedules"],
        "buses": [bus for bus in boto3.client("events").list_event_buses()["EventBuses"] if bus["Name"] != "default"],
    }
    assert not any(left.values()), f"left behind: {left}"
    tables = boto3.client("dynamodb").list_tables()["TableNames"]
    assert len(tables) == len(stacks), f"each stack keeps its State table and nothing else, not {tables}"
    print(f"gone, but for what is kept on purpose: {tables}")


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check(sys.argv[2], set(sys.argv[4:]))
    else:
        gone(sys.argv[2:])
