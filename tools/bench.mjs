/** `npm run bench`: CPU time and peak memory of whole runs, all contenders in turn in one run, as medians and as ratios. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'bin.cjs');
const usage = join(import.meta.dirname, 'usage.cjs');
const rounds = Number(process.argv[2] ?? 9);

/** A project with the given number of services, each with what ordinary services have. */
function project(count) {
  const lines = ['name: bench', 'services:'];
  for (let index = 0; index < count; index += 1) {
    lines.push(
      `  service-${index}:`,
      `    image: registry.example.com/team/service-${index}:1.${index % 10}`,
      `    ports: ["${10000 + (index % 20000)}:8080"]`,
      '    environment:',
      `      UPSTREAM: http://service-${Math.max(0, index - 1)}:8080/api`,
      `      LEVEL: "info"`,
      `      API_TOKEN: token-${index}`,
      `    volumes: ["data-${index}:/data"]`,
      '    healthcheck: {test: "curl -f http://localhost:8080/healthz || exit 1", interval: 10s, timeout: 3s, start_period: 20s}',
      '    deploy: {resources: {limits: {cpus: "0.5", memory: 256M}}}',
      `    networks: [net-${index % 50}]`,
    );
    if (index > 0) lines.push(`    depends_on: {service-${index - 1}: {condition: service_healthy}}`);
  }
  lines.push('networks:', ...Array.from({ length: Math.min(50, count) }, (_, index) => `  net-${index}: {}`));
  lines.push('volumes:', ...Array.from({ length: count }, (_, index) => `  data-${index}: {}`));
  return `${lines.join('\n')}\n`;
}

function measure(args, cwd) {
  const { status, stderr, output } = spawnSync(process.execPath, ['--require', usage, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
  return JSON.parse(String(output[3]));
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const folder = mkdtempSync(join(tmpdir(), 'longshore-bench-'));
try {
  const convert = (file) => [program, 'convert', '--stdout', '--quiet', '-f', file];
  const sizes = [100, 1000, 2000];
  for (const size of sizes) writeFileSync(join(folder, `${size}.yaml`), project(size));
  const mesh = join(root, 'fixtures', 'projects', 'service-mesh-stack', 'docker-compose.yml');
  const contenders = [
    { name: 'node -e 0', args: ['-e', '0'], results: [] },
    { name: '--version', args: [program, '--version'], results: [] },
    { name: '--help', args: [program, '--help'], results: [] },
    { name: 'service mesh stack', args: convert(mesh), results: [] },
    ...sizes.map((size) => ({ name: `${size} services`, args: convert(join(folder, `${size}.yaml`)), results: [] })),
  ];
  for (const { args } of contenders) measure(args, folder);
  for (let round = 0; round < rounds; round += 1)
    for (const { args, results } of contenders) results.push(measure(args, folder));
  const of = (name, field) => median(contenders.find((one) => one.name === name).results.map((one) => one[field]));
  const base = of('node -e 0', 'cpu');
  console.log(`${'run'.padEnd(22)}${'CPU ms'.padStart(10)}${'× node -e 0'.padStart(14)}${'peak MiB'.padStart(11)}`);
  for (const { name } of contenders) {
    const cpu = of(name, 'cpu');
    console.log(
      `${name.padEnd(22)}${cpu.toFixed(0).padStart(10)}${(cpu / base).toFixed(2).padStart(14)}${of(name, 'memory').toFixed(0).padStart(11)}`,
    );
  }
  console.log(
    `\n2,000 services take ${(of('2000 services', 'cpu') / of('1000 services', 'cpu')).toFixed(2)} times as long as 1,000 (medians of ${rounds} rounds, Node ${process.version})`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
