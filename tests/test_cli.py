"""The command line: what is understood, what is asked of the parts, what comes back."""

import importlib
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from gputerm import __version__, cli, log
from gputerm.errors import DisplayError, ExitCode, GLError, GputermError, SpawnError
from gputerm.ipc.client.msg import USAGE
from gputerm.options import RenderOptions, StartOptions
from gputerm.startup import connecting


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def part(monkeypatch):
    """part("app.main") stands in for that module and keeps what its run() was called with."""

    def part(name, result=0):
        asked = SimpleNamespace(options=None, loaded=None)

        def run(options, loaded, *_):
            asked.options, asked.loaded = options, loaded
            if isinstance(result, Exception):
                raise result
            return result

        module = ModuleType(f"gputerm.{name}")
        module.run = run
        monkeypatch.setitem(sys.modules, f"gputerm.{name}", module)
        package, _, attribute = f"gputerm.{name}".rpartition(".")
        monkeypatch.setattr(importlib.import_module(package), attribute, module, raising=False)
        monkeypatch.setattr(connecting, "Connecting", lambda *, headless: nullcontext())
        return asked

    return part


def test_no_arguments_ask_for_one_plain_window(part):
    app = part("app.main")
    assert cli.main([]) == 0
    assert app.options == StartOptions()


def test_every_option_of_a_window_arrives(part, home):
    app = part("app.main")
    line = (
        "-d sub --hold -T title --class General,instance --socket s --daemon --test-reports "
        "--perf-log p "
        "-o font.size=20 window.opacity=0.5 -o bell.duration=1 -e vim -n --hold -"
    )
    assert cli.main(line.split()) == 0
    assert app.options == StartOptions(
        command=("vim", "-n", "--hold", "-"),
        working_directory=str(home / "sub"),
        hold=True,
        title="title",
        class_general="General",
        class_instance="instance",
        overrides=("font.size=20", "window.opacity=0.5", "bell.duration=1"),
        socket=str(home / "s"),
        daemon=True,
        perf_log=str(home / "p"),
        test_reports=True,
    )
    assert (app.loaded.config.font.size, app.loaded.config.bell.duration) == (20, 1)


@pytest.mark.parametrize(
    "line",
    [
        "-T x",
        "-t x",
        "-Tx",
        "-T=x",
        "--title x",
        "--title=x",
        "-vT x",
        "-T y -T x",
        "--title=y -tx",
    ],
)
def test_an_option_with_a_value_can_be_written_in_each_usual_way(line, part):
    app = part("app.main")
    assert cli.main(line.split()) == 0
    assert app.options.title == "x"


def test_a_value_that_begins_with_a_dash_is_written_after_an_equals_sign(part):
    app = part("app.main")
    cli.main(["--title=-x-"])
    assert app.options.title == "-x-"


@pytest.mark.parametrize("option", ["--class", "--app-id"])
def test_one_class_name_is_both(option, part):
    app = part("app.main")
    cli.main([option, "x"])
    assert (app.options.class_general, app.options.class_instance) == ("x", "x")


SAME_PLACE = "--png, --json and --text: two of them would write to the same place"
SECONDS = "--timeout: expected seconds up to 1,000,000"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--hodl", "unknown option --hodl, did you mean --hold? (see gputerm --help)"),
        ("-x", "unknown option -x (see gputerm --help)"),
        ("-vx", "unknown option -x (see gputerm --help)"),
        ("list", "unexpected list, did you mean gputerm msg list? (see gputerm --help)"),
        ("help", "unexpected help, did you mean --help? (see gputerm --help)"),
        ("version", "unexpected version, did you mean --version? (see gputerm --help)"),
        ("vim a", "unexpected vim; to run a program, write -e vim (see gputerm --help)"),
        ("--hold=1", "--hold takes no value (see gputerm --help)"),
        ("-e", "-e needs a value: -e PROGRAM [ARG]… (see gputerm --help)"),
        ("-T --hold", "-T needs a value: -T TITLE (see gputerm --help)"),
        ("-T x -T", "-T needs a value: -T TITLE (see gputerm --help)"),
        ("-o --hold", "-o needs a value: -o KEY=VALUE… (see gputerm --help)"),
        ("--class a,b,c", "--class takes at most two names, got a,b,c"),
        ("render", "say what to draw: either --input FILE or -e PROGRAM"),
        ("render --input - -e x", "say what to draw: either --input FILE or -e PROGRAM"),
        ("render --input -", "say what to write: --png, --json or --text, each with a FILE"),
        (
            "render --sise 3",
            "unknown option --sise, did you mean --size? (see gputerm render --help)",
        ),
        ("render --size 80", "--size: expected COLUMNSxLINES, from 1x1 to 2000x1000, got 80"),
        ("render --size 0x9", "--size: expected COLUMNSxLINES, from 1x1 to 2000x1000, got 0x9"),
        ("render --input - --text - --png -", SAME_PLACE),
        ("render --input - --text a --json a", SAME_PLACE),
        ("render --input - --onlcr=on", "--onlcr: expected auto, always or never, got on"),
        ("render --timeout 0 -e x", f"{SECONDS}, got 0 (see gputerm render --help)"),
        ("render --timeout nan -e x", f"{SECONDS}, got nan (see gputerm render --help)"),
        (
            "render --size 9x9999",
            "--size: expected COLUMNSxLINES, from 1x1 to 2000x1000, got 9x9999",
        ),
    ],
)
def test_a_command_line_that_means_nothing_gets_one_line_of_advice(line, message, part, capfd):
    part("app.main"), part("export.picture")
    assert cli.main(line.split()) == ExitCode.USAGE
    assert capfd.readouterr().err == f"gputerm: {message}\n"


@pytest.mark.parametrize("line", ["-qq --hodl", "-qq --class a,b,c", "render -qq --size 80x24"])
def test_a_wrong_command_line_is_told_however_quiet(line, part, capfd, monkeypatch):
    monkeypatch.setattr(log, "_verbosity", 0)
    part("app.main"), part("export.picture")
    assert cli.main(line.split()) == ExitCode.USAGE
    assert capfd.readouterr().err.startswith("gputerm: ")


def test_render_asks_for_a_picture(part, home):
    offscreen = part("export.picture", 7)
    line = (
        "render --size 100x30 --png a --json - --text b --timeout 1.5 --test-reports "
        "-o font.size=9 -e ls -l"
    )
    assert cli.main(line.split()) == 7
    assert offscreen.options == RenderOptions(
        columns=100,
        lines=30,
        command=("ls", "-l"),
        timeout=1.5,
        png="a",
        json="-",
        text="b",
        test_reports=True,
    )
    assert offscreen.loaded.config.font.size == 9


def test_render_reads_a_file_or_standard_input(part):
    offscreen = part("export.picture")
    assert cli.main(["render", "--input", "-", "--onlcr=never", "--text", "-"]) == 0
    assert offscreen.options.onlcr == "never"
    assert (offscreen.options.input, offscreen.options.columns) == ("-", 80)


# Configuration


def test_a_named_file_that_cannot_be_read_ends_the_start(part, capfd):
    app = part("app.main")
    assert cli.main(["--config-file", "no.toml"]) == ExitCode.CONFIG
    assert app.options is None
    error = capfd.readouterr().err
    assert error == "gputerm: no.toml: can't be read: No such file or directory\n"


def test_problems_of_the_configuration_do_not_prevent_the_start(part, home):
    app = part("app.main")
    (home / ".gputerm.toml").write_text("bell.duration = -1\n")
    assert cli.main([]) == 0
    assert [problem.key for problem in app.loaded.problems] == ["bell.duration"]


@pytest.mark.parametrize(
    ("text", "code", "output"),
    [
        ("font.size = 9", 0, "a.toml: no problems\n"),
        (
            "nonsense = 9",
            0,
            "a.toml:1:1: nonsense: unknown key; ignored\n",
        ),
        (
            "\nbell.duration = -1",
            78,
            "a.toml:2:1: bell.duration: expected milliseconds from 0 to 65535, got -1; using 0\n",
        ),
        (
            "window.padding.x = 65535",
            78,
            "a.toml:1:1: window.padding.x: expected pixels from 0 to 3840, got 65535; using 0\n",
        ),
        (
            "font.offset.x = -100",
            0,
            "font.offset.x: -100 leaves nothing of a cell 9 pixels wide; ignored\n",
        ),
        (
            "font.size = 3999",
            0,
            "font.size: 3999 points are 5332 pixels here; using 768\n",
        ),
    ],
)
def test_check_config_names_all_problems_and_exits(text, code, output, part, home, capfd):
    app = part("app.main")
    (home / "a.toml").write_text(text)
    assert cli.main(["--check-config", "--config-file", "a.toml"]) == code
    assert capfd.readouterr().out == output
    assert app.options is None


def test_check_config_without_a_file(capfd):
    assert cli.main(["--check-config"]) == 0
    assert capfd.readouterr().out == "no configuration file: no problems\n"


# Exit codes


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GputermError("x"), 1),
        (DisplayError("x"), 69),
        (GLError("x"), 70),
        (SpawnError("x"), 127),
    ],
)
def test_an_error_is_one_line_and_its_exit_code(error, code, part, capfd):
    part("app.main", error)
    assert cli.main([]) == code
    assert capfd.readouterr().err == "gputerm: x\n"


def test_a_mistake_of_ours_is_one_line_that_names_its_report(part, capfd, monkeypatch, home):
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    part("app.main", AssertionError("hunter2"))
    assert cli.main([]) == 1
    [report] = (home / "state" / "gputerm").iterdir()
    error = capfd.readouterr().err
    assert error.startswith("gputerm: gputerm failed (AssertionError in ")
    assert error.endswith(f"; report: {report}\n")
    assert error.count("\n") == 1
    assert "hunter2" not in error


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("cython", "gputerm: the core isn't compiled: run `make build` in the checkout\n"),
        ("numpy", "gputerm: the Python package numpy is missing: install gputerm anew\n"),
    ],
)
def test_what_is_not_installed_is_one_line(missing, line):
    code = (
        "import sys; sys.path.insert(0, 'tests'); import interpreted; from gputerm import cli\n"
        f"sys.modules[{missing!r}] = None\n"
        "sys.exit(cli.main(['render', '--text=-', '-e', 'true']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "GPUTERM_INTERPRETED": "1"},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, line)


# Help


def test_the_version(capfd):
    assert cli.main(["-V"]) == 0
    assert capfd.readouterr().out == f"gputerm {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "flags"), [(["-h"], cli.WINDOW), (["render", "--help"], cli.RENDER)]
)
def test_help_names_every_option_in_eighty_columns(arguments, flags, capfd):
    assert cli.main(arguments) == 0
    text = capfd.readouterr().out
    assert all(name in text and flag.help in text for flag in flags for name in flag.flags)
    assert max(map(len, text.splitlines())) <= 80


def test_help_keys_lists_all_keys_and_the_configured_ones(capfd):
    binding = "keyboard.bindings=[{key='F9', mods='Super', action='Quit'}]"
    assert cli.main(["--help-keys", "-o", binding]) == 0
    text = capfd.readouterr().out
    assert "Quit - close the window; the last one ends the process\n    Super+F9\n" in text
    assert "    Ctrl+Shift+C\n" in text
    assert "    Z in vi mode\n" in text


def test_every_exit_code_is_explained():
    words = f"{cli.WINDOW_HELP} {USAGE}".replace(",", " ").split()
    assert set(ExitCode) <= {0, *map(int, filter(str.isdigit, words))}


# The start of msg


def modules_of(*arguments):
    code = (
        "import sys; before = set(sys.modules)\n"
        "from gputerm import cli\n"
        f"cli.main({list(arguments)!r})\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return set(run.stderr.split("\n")[-2].split())


IMPORTED = {"__future__", "gputerm", "gputerm.arguments", "gputerm.cli"}
IMPORTED |= {"gputerm.log", "gputerm.output"}


def test_help_and_version_import_nothing():
    assert modules_of("--help") <= IMPORTED
    assert modules_of("--version") <= IMPORTED


def test_msg_goes_to_the_client_and_nowhere_else():
    pytest.importorskip("gputerm.ipc.client.msg", reason="the IPC client isn't built")
    loaded = modules_of("msg", "--help")
    ours = {name for name in loaded if name.startswith("gputerm.")}
    assert "gputerm.ipc.client.msg" in ours
    assert not ours & {"gputerm.app.app", "gputerm.config", "gputerm.vt", "gputerm.window"}
    assert "numpy" not in loaded
