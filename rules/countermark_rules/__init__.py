"""What is wrong: detectors, the engine that runs them, the judge that decides."""
