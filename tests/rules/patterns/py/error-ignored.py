def run(job):
    # ruleid: error-ignored
    try:
        job.start()
    except:
        pass


def stop(job):
    # ruleid: error-ignored
    try:
        job.stop()
    except Exception:
        pass


def run_safely(job):
    # ok: error-ignored
    try:
        job.start()
    except ConnectionError:
        pass


def stop_safely(job):
    # ok: error-ignored
    try:
        job.stop()
    except Exception:
        logger.exception("stop")
