from flask import request
from openai import OpenAI

client = OpenAI()


def chat():
    topic = request.json["topic"]
    # ruleid: stranger-in-system-prompt
    return [{"role": "system", "content": f"You help with {topic}"}, {"role": "user", "content": "hello"}]


def answer():
    rules = request.form["rules"]
    # ruleid: stranger-in-system-prompt
    return client.messages.create(model="claude", max_tokens=100, system="Follow this: " + rules, messages=messages)


def chat_safely():
    topic = request.json["topic"]
    # ok: stranger-in-system-prompt
    return [{"role": "system", "content": "You help with cooking."}, {"role": "user", "content": topic}]


def chat_in(language):
    # ok: stranger-in-system-prompt
    return [{"role": "system", "content": f"You answer in {language}"}]
