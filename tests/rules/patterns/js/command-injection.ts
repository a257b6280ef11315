import { exec, execFile, execSync, spawn } from "child_process";
import * as cp from "node:child_process";

app.get("/ping", (req, res) => {
  // ruleid: command-injection
  exec(`ping -c 1 ${req.query.host}`, (error, out) => res.send(out));
});

app.post("/convert", async (req: Request, res: Response) => {
  const { name } = req.body;
  const command = "convert " + name + " out.png";
  // ruleid: command-injection
  const out = cp.execSync(command);
  // ruleid: command-injection
  spawn(name, ["--version"], { shell: true });
  // ruleid: command-injection
  spawn("sh", ["-c", command]);
  // ok: command-injection
  execFile("convert", [name, "out.png"]);
  // ok: command-injection
  spawn("convert", ["--", name]);
});

export async function POST(request: Request) {
  const body = await request.json();
  // ruleid: command-injection
  execSync(`tar xf ${body.archive}`);
  const port = parseInt(body.port, 10);
  // ok: command-injection
  execSync(`fuser -k ${port}/tcp`);
}

@Controller("jobs")
class Jobs {
  @Post()
  run(@Body() dto: JobDto) {
    // ruleid: command-injection
    return execSync("run-job " + dto.name);
  }
}

app.get("/status", (req, res) => {
  const COMMANDS = { up: "uptime", disk: "df -h" };
  // ok: command-injection
  exec(COMMANDS[req.query.what], (error, out) => res.send(out));
  // ok: command-injection
  const match = /a(b)/.exec(req.query.text);
  const unit = req.query.unit;
  if (!UNITS.includes(unit)) return res.status(400).end();
  // ok: command-injection
  exec(`systemctl status ${unit}`, (error, out) => res.send(out));
});
