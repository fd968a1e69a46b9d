"""What a start of the window spares itself."""

import subprocess
import sys

READ = """
import sys
from desktop import toolkit
toolkit.bring_in()
import desktop.main, desktop.ui.window
import linecache
ours = [name for name in linecache.cache if "/desktop/" in name or "/db/" in name]
print(len(ours), "sqlalchemy" in sys.modules)
"""


def test_the_window_reads_no_source_and_loads_no_sqlalchemy():
    done = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]
