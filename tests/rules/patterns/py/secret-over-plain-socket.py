import socket
import ssl


def report(host, user, password):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.connect((host, 9000))
    # ruleid: secret-over-plain-socket
    sock.sendall(f"{user}:{password}".encode())


def authenticate(host, api_key):
    with socket.create_connection((host, 9000)) as sock:
        # ruleid: secret-over-plain-socket
        sock.send(api_key.encode())


def report_safely(host, user, password):
    sock = socket.create_connection((host, 9000))
    sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    # ok: secret-over-plain-socket
    sock.sendall(f"{user}:{password}".encode())


def ping(host, message):
    sock = socket.create_connection((host, 9000))
    # ok: secret-over-plain-socket
    sock.sendall(message)
