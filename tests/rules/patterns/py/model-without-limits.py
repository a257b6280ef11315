def ask(client, question):
    # ruleid: model-without-limits
    return client.chat.completions.create(model="gpt-4o", messages=question)


def ask_safely(client, question):
    # ok: model-without-limits
    return client.chat.completions.create(model="gpt-4o", messages=question, max_completion_tokens=500)


def ask_with(client, question, options):
    # ok: model-without-limits
    return client.chat.completions.create(model="gpt-4o", messages=question, **options)
