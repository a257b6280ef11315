import csv

from flask import request


def export(stream):
    writer = csv.writer(stream)
    for row in request.json["rows"]:
        # ruleid: csv-formula
        writer.writerow([row["name"], row["comment"]])
    # ruleid: csv-formula
    writer.writerow([request.form["name"]])
    # ok: csv-formula
    writer.writerow(["name", "comment"])
    # ok: csv-formula
    writer.writerow([escape_cell(request.form["name"])])
