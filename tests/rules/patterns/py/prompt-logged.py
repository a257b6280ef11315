import logging

import openai

logger = logging.getLogger(__name__)


def ask(prompt):
    # ruleid: prompt-logged
    logger.info("prompt: %s", prompt)
    answer = openai.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])
    # ruleid: prompt-logged
    logger.info(f"answer: {answer.choices[0].message.content}")
    # ok: prompt-logged
    logger.info("prompt of %d characters", len(prompt))
    # ok: prompt-logged
    logger.info("model %s", answer.model)
    return answer
