def show(values):
    # ruleid: index-off-by-one
    for i in range(len(values) + 1):
        print(values[i])


def show_safely(values):
    # ok: index-off-by-one
    for i in range(len(values)):
        print(values[i])
