# Runs in Python before the code: what takes it, runs it, and says in words what came of it.
import os

os.makedirs("/files", exist_ok=True)
os.chdir("/files")


async def __parley_run(code):
    import linecache
    import sys
    import traceback

    from pyodide.code import eval_code_async

    name = "code.py"
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    value = error = None
    try:
        value = await eval_code_async(code, {"__name__": "__main__", "__builtins__": __builtins__}, filename=name)
        _save_figures()
        value = None if value is None else repr(value)
    except SystemExit as stop:
        error = None if stop.code in (None, 0) else f"The code ended with exit code {stop.code}."
    except MemoryError:
        error = "MemoryError: the code wanted more memory than it may use."
    except ModuleNotFoundError as thrown:
        error = f"ModuleNotFoundError: there is no module {thrown.name!r} here, and none can be installed. Do without it."
    except BaseException as thrown:
        frames = [one for one in traceback.extract_tb(thrown.__traceback__) if not one.filename.startswith("/lib/")]
        frames = [one for one in frames if one.filename != "<exec>"]
        lines = traceback.format_list(frames)
        if lines:
            lines.insert(0, "Traceback (most recent call last):\n")
        error = "".join(lines + traceback.format_exception_only(thrown)).strip()
    sys.stdout.flush()
    sys.stderr.flush()
    return [value, error]


def _save_figures():
    import sys

    plots = sys.modules.get("matplotlib.pyplot")
    for number in plots.get_fignums() if plots else []:
        plots.figure(number).savefig(f"/files/figure-{number}.png", bbox_inches="tight")
