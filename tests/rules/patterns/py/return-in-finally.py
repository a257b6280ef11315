def save(file, text):
    # ruleid: return-in-finally
    try:
        file.write(text)
    finally:
        file.close()
        return True


def save_safely(file, text):
    # ok: return-in-finally
    try:
        file.write(text)
    finally:
        file.close()
    return True
