import smtplib
from email.message import EmailMessage


def contact(subject, sender, body):
    # ruleid: mail-header-from-request
    text = f"Subject: {subject}\nFrom: {sender}\n\n{body}"
    with smtplib.SMTP("localhost") as server:
        server.sendmail("a@example.com", ["b@example.com"], text)


def contact_again(server, subject):
    # ruleid: mail-header-from-request
    text = "Subject: " + subject + "\n\nhello"
    server.sendmail("a@example.com", ["b@example.com"], text)


def fixed(server):
    # ok: mail-header-from-request
    server.sendmail("a@example.com", ["b@example.com"], "Subject: hello\n\nhello")


def proper(server, subject):
    message = EmailMessage()
    # ok: mail-header-from-request
    message["Subject"] = subject
    server.send_message(message)
