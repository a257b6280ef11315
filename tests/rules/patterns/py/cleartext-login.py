import ftplib
import imaplib
import poplib
import smtplib
import telnetlib
from ftplib import FTP

import ldap


def telnet(host):
    # ruleid: cleartext-login
    return telnetlib.Telnet(host)


def upload(host, user, password):
    ftp = FTP(host)
    # ruleid: cleartext-login
    ftp.login(user, password)


def mail(host, user, password, message):
    with smtplib.SMTP(host, 25) as server:
        # ruleid: cleartext-login
        server.login(user, password)
        server.send_message(message)


def read(host, user, password):
    box = imaplib.IMAP4(host)
    # ruleid: cleartext-login
    box.login(user, password)


def pop(host, user, password):
    box = poplib.POP3(host)
    box.user(user)
    # ruleid: cleartext-login
    box.pass_(password)


def bind(user, password):
    directory = ldap.initialize("ldap://directory.internal")
    # ruleid: cleartext-login
    directory.simple_bind_s(user, password)


def upload_safely(host, user, password):
    ftp = ftplib.FTP_TLS(host)
    # ok: cleartext-login
    ftp.login(user, password)
    ftp.prot_p()


def public(host):
    ftp = FTP(host)
    # ok: cleartext-login
    ftp.login("anonymous", "")


def mail_safely(host, user, password, message, context):
    with smtplib.SMTP(host, 587) as server:
        server.ehlo()
        server.starttls(context=context)
        # ok: cleartext-login
        server.login(user, password)


def read_safely(host, user, password):
    box = imaplib.IMAP4_SSL(host)
    # ok: cleartext-login
    box.login(user, password)


def pop_safely(host, user, password):
    box = poplib.POP3_SSL(host)
    # ok: cleartext-login
    box.pass_(password)


def bind_safely(user, password):
    directory = ldap.initialize("ldaps://directory.internal")
    # ok: cleartext-login
    directory.simple_bind_s(user, password)


def publish(host, user, password):
    client = paho.mqtt.client.Client()
    # ruleid: cleartext-login
    client.username_pw_set(user, password)
    client.connect(host, 1883)


def publish_sealed(host, user, password):
    client = paho.mqtt.client.Client()
    client.tls_set()
    # ok: cleartext-login
    client.username_pw_set(user, password)
    client.connect(host, 8883)
