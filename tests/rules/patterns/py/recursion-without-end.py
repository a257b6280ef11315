# ruleid: recursion-without-end
def factorial(n):
    return n * factorial(n - 1)


# ruleid: recursion-without-end
def again():
    again()


# ok: recursion-without-end
def factorial_safely(n):
    return 1 if n <= 1 else n * factorial_safely(n - 1)


# ok: recursion-without-end
def down(n):
    if n == 0:
        return 0
    return down(n - 1)


# ok: recursion-without-end
def other():
    return again
