import html
import sqlite3

import requests
from markupsafe import Markup
from openai import OpenAI

client = OpenAI()


def ask(question, llm):
    query = llm.invoke(f"SQL for: {question}").content
    # ruleid: model-output-believed
    return sqlite3.connect("app.db").execute(query).fetchall()


def page(question):
    answer = client.responses.create(model="gpt-4o", input=question)
    # ruleid: model-output-believed
    return Markup(answer.output_text)


def fetch(question):
    answer = client.responses.create(model="gpt-4o", input=question)
    # ruleid: model-output-believed
    return requests.get(answer.output_text, timeout=3)


def ask_safely(question, llm):
    name = llm.invoke(f"name in: {question}").content
    # ok: model-output-believed
    return sqlite3.connect("app.db").execute("SELECT * FROM users WHERE name = ?", (name,)).fetchall()


def page_safely(question):
    answer = client.responses.create(model="gpt-4o", input=question)
    # ok: model-output-believed
    return html.escape(answer.output_text)


def summarise(question):
    answer = client.responses.create(model="gpt-4o", input=question)
    # ok: model-output-believed
    return answer.output_text
