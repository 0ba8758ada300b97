"""Attacks, each named for what student code cannot do; `test_attacks.py` says what becomes of them.

An attack is the body of a function in a module, or a cell of a notebook. It knows HIDDEN (a file of the instructor's,
open to all), FOLDER (where that lies, open to all, with another student's submission), PORT (at which this machine
listens), PARENT and GRADER (the ids of the warm parent and of the grader).
"""

from textwrap import dedent

from tests.hostile.attempts import system_call

# An expression that the system refuses, and what comes before it.
CALL = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
"""
REFUSED = {
    # what is the instructor's, the grader's or another student's
    "read_the_instructors_files": ("open(HIDDEN).read()", ""),
    "read_the_solutions": ("open(REPOSITORY + '/solutions/mytorch/node.py').read()", ""),
    "use_stolen_solutions": ("__import__('mytorch')", "import sys\nsys.path.insert(0, REPOSITORY + '/solutions')"),
    "read_the_hidden_checks": ("open(REPOSITORY + '/solutions/checks/test_edge.py').read()", ""),
    "read_another_submission": ("open(FOLDER + '/bob.py').read()", ""),
    "read_the_graders_code": ("open(REPOSITORY + '/autograder/checks/compare.py').read()", ""),
    "write_into_the_gradebook": ("open(HIDDEN, 'a')", ""),
    "replace_the_gradebook": ("os.rename(HIDDEN, HIDDEN + 'x')", "import os"),
    "write_beside_the_gradebook": ("open(FOLDER + '/x', 'w')", ""),
    "list_the_submissions": ("os.listdir(FOLDER)", "import os"),
    "list_the_machine": ("os.listdir('/')", "import os"),
    "read_the_users": ("open('/etc/passwd').read()", ""),
    "read_the_graders_environment": ("open(f'/proc/{GRADER}/environ', 'rb').read(1)", ""),
    "read_the_warm_parents_environment": ("open(f'/proc/{PARENT}/environ', 'rb').read(1)", ""),
    "read_the_warm_parents_memory": ("open(f'/proc/{PARENT}/mem', 'rb').read(1)", ""),
    "walk_out_through_proc": ("open('/proc/self/root/etc/passwd').read()", ""),
    "walk_out_through_a_thread": ("open(f'/proc/self/task/{os.getpid()}/root/etc/passwd').read()", "import os"),
    "open_a_file_by_its_handle": (system_call("open_by_handle_at", -100, 0, 0), CALL),
    "use_shared_memory": ("open('/dev/shm/x', 'w')", ""),
    "link_to_the_gradebook": ("os.link(HIDDEN, FOLDER + '/hard')", "import os"),
    "write_into_python": ("open(json.__file__, 'a')", "import json"),
    "import_another_autograd": ("__import__('torch')", ""),
    "import_the_graders_packages": ("__import__('msgspec')", ""),
    "patch_pytest": ("setattr(__import__('pytest'), 'fail', print)", ""),
    "run_a_program": ("subprocess.run(['/bin/sh', '-c', 'true'])", "import subprocess"),
    "run_python": ("os.execv(sys.executable, [sys.executable, '-c', '1'])", "import os, sys"),
    # anyone
    "talk_tcp": ("socket.create_connection(('127.0.0.1', PORT), 1)", "import socket"),
    "send_udp": ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "import socket"),
    "talk_to_a_socket_of_the_machine": ("socket.socket(socket.AF_UNIX)", "import socket"),
    "send_raw": ("socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)", "import socket"),
    "see_packets": ("socket.socket(socket.AF_PACKET, socket.SOCK_RAW)", "import socket"),
    "talk_to_the_kernel": ("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", "import socket"),
    "send_through_a_pair": ("socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)", "import socket"),
    # other processes
    "kill_the_grader": ("os.kill(GRADER, 9)", "import os"),
    "kill_the_warm_parent": ("os.kill(PARENT, 9)", "import os"),
    "stop_the_warm_parent": ("signal.pidfd_send_signal(os.pidfd_open(PARENT), 19)", "import os, signal"),
    "trace_the_warm_parent": (f"call({system_call('ptrace', 16)[5:-1]}, PARENT, 0, 0)", CALL),
    "read_another_process": (f"call({system_call('process_vm_readv', 0)[5:-1]}, 0, 0, 0, 0, 0)", CALL),
    "take_a_descriptor_of_another": (system_call("pidfd_getfd", 0, 0, 0), CALL),
    "join_a_namespace": (system_call("setns", 0, 0), CALL),
    "make_a_namespace": (system_call("unshare", 0x10000000), CALL),
    # rights
    "mount": (system_call("mount", 0, 0, 0, 0, 0), CALL),
    "become_root": ("os.setuid(0)", "import os"),
    "take_priority": ("os.nice(-5)", "import os"),
    "load_into_the_kernel": (system_call("bpf", 0, 0, 0), CALL),
    "use_io_uring": (system_call("io_uring_setup", 1, 0), CALL),
    "hide_memory": (system_call("memfd_create", 0, 0), CALL),
    "write_a_large_file": ("os.pwrite(os.open('/scratch/x', os.O_CREAT | os.O_RDWR), b'x', 17 << 20)", "import os"),
    "exhaust_descriptors": ("[os.dup(1) for _ in range(1 << 20)]", "import os"),
}

# What student code does to its own process; its points are those of what it computes.
HARMLESS = {
    "gain_by_saying_so": "print('passed'); import sys; sys.stderr.write('100 points')",
    "outlive_its_check_as_a_daemon": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)",
    "outlive_its_check_as_a_thread": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
    "outlive_its_check_by_forking_on": """
        import os
        if os.fork() == 0:
            while True:
                if os.fork(): os._exit(0)
        """,
    "ignore_its_end": "import signal\nfor number in (1, 2, 14, 15): signal.signal(number, signal.SIG_IGN)",
    "flood_the_report": "print('x' * (50 << 20))",
    "flood_the_report_by_a_descriptor": "import os\nos.write(2, bytes(1 << 20))",
    "gain_when_it_ends": "import atexit\natexit.register(lambda: print('passed'))",
    "gain_by_a_finalizer": "class Late:\n    def __del__(self): raise SystemExit\nkept = [Late()]",
    "signal_everyone": "import os, signal\nif os.fork() == 0: os.kill(os.getppid() or 1, signal.SIGURG); os._exit(0)",
    "fill_the_disk": "try:\n    for number in range(100): open(f'/scratch/{number}', 'wb').write(bytes(8 << 20))\n"
    "except OSError: pass",
    "hide_in_a_link": """
        import os
        try:
            os.symlink(HIDDEN, "/scratch/link")
            print("SUC" + "CEEDED", open("/scratch/link").read())
        except OSError:
            pass
        """,
}
EQUAL = """
class Equal:
    def __eq__(self, other): return True
    __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __eq__
    def __hash__(self): return 0
    def __repr__(self): return "3"
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __len__(self): return 0
    def __iter__(self): return iter(())
"""
LINE = """
import json, os, stat, struct
def line():
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode): return number
        except OSError: pass
def send(message):
    data = json.dumps(message).encode()
    os.write(line(), struct.pack(">I", len(data)) + data)
"""
# What may spoil its own check, and gains nothing.
IN_VAIN = {
    "pose_as_equal": f"{EQUAL}\nreturn Equal()",
    "pose_as_a_number": f"{EQUAL}\nclass Number(int, Equal):\n    __class__ = int\nreturn Number(0)",
    "pose_by_a_metaclass": f"{EQUAL}\nclass Meta(Equal, type): pass\nreturn Meta('int', (), {{}})",
    "swap_the_package": f"{EQUAL}\nimport sys; sys.modules['pocket'] = Equal()",
    "empty_all_modules": "import sys\nfor name in list(sys.modules): sys.modules[name] = None",
    "hook_imports": "import sys\nsys.meta_path.insert(0, None)",
    "patch_numpy": "import numpy\nnumpy.allclose = numpy.array_equal = lambda *a, **k: True",
    "patch_json": "import json, json.encoder\njson.dumps = json.loads = lambda *a, **k: '{}'",
    "patch_builtins": "import builtins\nbuiltins.isinstance = builtins.issubclass = builtins.all = lambda *a: True",
    "patch_the_shell": "from IPython.core.interactiveshell import InteractiveShell as Shell\n"
    "Shell.run_cell_async = Shell.run_cell = Shell.showtraceback = None",
    "patch_the_observer": "import autograder.probe.observer as o\no.Observer.value = lambda *a, **k: None",
    "patch_the_runner": "import autograder.sandbox.inside.serve as s\ns.run = lambda *a: {'entries': []}",
    "patch_the_line": "import autograder.sandbox.inside.frames as f\nf.dumps = lambda *a, **k: '[\"passed\"]'",
    "patch_the_streams": "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None",
    "patch_exceptions": "import builtins\nbuiltins.Exception = builtins.BaseException = type('E', (), {})",
    "trace_its_check": "import sys\nsys.settrace(lambda *a: None); sys.setprofile(lambda *a: None)",
    "know_the_numbers": "import numpy.random as r\nreal = r.default_rng\nr.default_rng = lambda seed=None: real(0)",
    "rewrite_the_code_of_its_check": """
        import sys
        frame = sys._getframe()
        while frame is not None:
            for name, value in list(frame.f_locals.items()):
                if hasattr(value, '__code__'): value.__code__ = (lambda *a, **k: None).__code__
            frame = frame.f_back
        """,
    "give_points_to_itself": f"{LINE}\nsend({{'nonce': 'x', 'verdict': 'passed', 'points': 100}})",
    "answer_before_it_is_asked": f"{LINE}\nsend({{'nonce': '', 'transcript': {{'entries': [], 'failure': None}}}})",
    "answer_without_end": f"""{LINE}
os.write(line(), struct.pack(">I", 16 << 20))
while True: os.write(line(), b"[" * 4096)
""",
    "forge_a_pickled_result": f"""{LINE}
import pickle
class Result:
    def __reduce__(self): return open, (FOLDER + "/x", "w")
data = pickle.dumps(Result())
os.write(line(), struct.pack(">I", len(data)) + data)
""",
    "hang_up": f"{LINE}\nos.close(line())",
    "leave_well": "import os\nos._exit(0)",
    "exit_well": "import sys\nsys.exit(0)",
    "crash_the_grader": "import ctypes\nctypes.string_at(0)",
    "end_its_process_by_a_signal": "import os\nos.kill(os.getpid(), 9)\nos.abort()",
    "recurse_without_end": "import sys\nsys.setrecursionlimit(1 << 30)\ndef deep(): deep()\ndeep()",
    "take_8_gb": "kept = bytearray(8 << 30)",
    "take_all_memory": "kept = []\nwhile True: kept.append(bytearray(1 << 24))",
    "loop_without_end": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "loop_past_the_interrupt": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "fork_without_end": "import os\nwhile True: os.fork()",
    "interrupt_the_grader": "import signal\nsignal.raise_signal(signal.SIGINT)",
}


def source(name: str) -> str:
    """The attack of that name, as lines of Python."""
    if name not in REFUSED:
        return dedent((HARMLESS | IN_VAIN)[name])
    attempt, setup = REFUSED[name]
    return f"""{dedent(setup)}
try:
    result = {attempt}
except (OSError, ImportError) as error:
    print("REFU" + "SED", type(error).__name__)
else:
    print("SUC" + "CEEDED", repr(result)[:200])
"""
