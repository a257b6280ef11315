import os
import smtplib

import psycopg2
import requests

# ruleid: hard-coded-password
connection = psycopg2.connect(host="db", user="app", password="admin123")

# ruleid: hard-coded-password
requests.get("https://api.internal", auth=("admin", "s3cure!"), timeout=3)

SMTP_PASSWORD = "Summer2023!"


def send(message):
    with smtplib.SMTP_SSL("smtp.internal") as server:
        # ruleid: hard-coded-password
        server.login("mailer", SMTP_PASSWORD)
        server.send_message(message)


# ruleid: hard-coded-password
User.objects.create_superuser("admin", "admin@example.com", "admin1234")

# ok: hard-coded-password
connection = psycopg2.connect(host="db", user="app", password=os.environ["DB_PASSWORD"])

# ok: hard-coded-password
requests.get("https://api.internal", auth=(user, password), timeout=3)

# ok: hard-coded-password
connection = psycopg2.connect(host="db", user="app", password="your-password")

# ok: hard-coded-password
field = Field(label="Password", password="password")

# ok: hard-coded-password
connection = psycopg2.connect(host="db", user="app", password="")
