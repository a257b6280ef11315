def show(values):
    # ruleid: index-off-by-one
    for i in range(len(values) + 1):
        print(values[i])


def show_safely(values):
    # ok: index-off-by-one
    for i in range(len(values)):
        print(values[i])


def differences(values):
    for i in range(len(values)):
        # ruleid: index-off-by-one
        print(values[i + 1] - values[i])


def largest(values):
    for i in range(0, len(values) + 1):
        # ruleid: index-off-by-one
        print(values[i])


def guarded(values):
    for i in range(len(values)):
        if i + 1 < len(values):
            # ok: index-off-by-one
            print(values[i + 1])


def sums(values):
    totals = [0] * (len(values) + 1)
    for i in range(len(values)):
        # ok: index-off-by-one
        totals[i + 1] = totals[i] + values[i]
    return totals


def parts(text):
    for i in range(0, len(text) + 1):
        # ok: index-off-by-one
        yield text[:i], text[i:]
