/** The command line: commands, flags and their help. */

import { Command, Option } from 'commander';
import { defaultOptions, version } from '../index.ts';
import { runConvert } from './convert.ts';
import type { ExitCode } from './exit-code.ts';
import { runExplain } from './explain.ts';
import type { Io } from './io.ts';
import { type ConvertFlags, collect, collectAllow, collectPair, quantity } from './options.ts';

/** An option that takes one of some words. */
function choice(flags: string, description: string, words: readonly string[], preset: string): Option {
  return new Option(flags, description).choices(words).default(preset);
}

function addInput(command: Command): Command {
  return command
    .option(
      '-f, --file <path>',
      'Compose file, - for standard input; may be repeated, later files override',
      collect,
      [],
    )
    .option(
      '-p, --project-name <name>',
      'project name (default: COMPOSE_PROJECT_NAME, name: in the file, or the folder)',
    )
    .option('--project-directory <dir>', 'folder that relative paths and .env are looked up in')
    .option('--profile <name>', 'activate a profile; may be repeated', collect, [])
    .option('--env-file <path>', 'variables for ${…}, in place of .env; may be repeated', collect, []);
}

function addOutput(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option(
      '-o, --out <place>',
      'folder for a file per object (default: the current folder), or one .yaml or .json file',
    )
    .option('--stdout', 'print the manifests')
    .option('--json', 'write a JSON List instead of YAML, to standard output unless --out says otherwise')
    .option('--force', 'overwrite files that longshore did not write')
    .option('--report <file>', 'write what became of every attribute as JSON')
    .option('--strict', 'treat warnings as errors, and write nothing when there is one')
    .option(
      '--drop <path>',
      'accept that an attribute is left out, such as services.web.devices; may be repeated',
      collect,
      [],
    )
    .option('-q, --quiet', 'print errors only')
    .addOption(choice('--diagnostics <style>', 'how messages are printed', ['pretty', 'line', 'json'], 'pretty'));
}

function addConversion(command: Command): Command {
  const of = defaultOptions;
  return command
    .optionsGroup('Conversion:')
    .option('-n, --namespace <name>', 'namespace written on every object')
    .option('--create-namespace', 'also write the Namespace')
    .addOption(
      choice(
        '--expose <how>',
        'what published ports become outside the cluster',
        ['none', 'loadbalancer', 'nodeport', 'ingress'],
        of.expose,
      ),
    )
    .option('--ingress-class <name>', 'ingressClassName of every Ingress')
    .addOption(
      choice('--network-policies <when>', 'write NetworkPolicies', ['auto', 'always', 'never'], of.networkPolicies),
    )
    .addOption(
      choice(
        '--depends-on <how>',
        'wait for dependencies in init containers, only order the objects, or neither',
        ['init', 'order', 'none'],
        of.dependsOn,
      ),
    )
    .addOption(
      choice(
        '--bind-mounts <how>',
        'decide by what lies there, or treat all alike',
        ['auto', 'pvc', 'hostpath', 'skip'],
        of.bindMounts,
      ),
    )
    .addOption(
      choice(
        '--shared-volumes <how>',
        'keep services that share a volume on one node, or ask for ReadWriteMany',
        ['affinity', 'rwx'],
        of.sharedVolumes,
      ),
    )
    .addOption(choice('--secrets <how>', 'write Secrets, or only refer to them', ['inline', 'external'], of.secrets))
    .option('--pvc-size <quantity>', 'storage request of volumes that say no size', quantity, of.pvcSize)
    .option(
      '--storage-class <driver=class>',
      'StorageClass for a volume driver; may be repeated',
      collectPair,
      new Map(),
    )
    .option('--seed-volumes', 'fill new volumes with the files of the image, as Docker does')
    .option('--no-liveness', 'no liveness probes from health checks');
}

function addSurroundings(command: Command): Command {
  const of = defaultOptions;
  return command
    .optionsGroup('Cluster and registry:')
    .option('--registry <prefix>', 'put in front of the names of images that are built')
    .option('--tag <tag>', 'tag of images that are built and have no image:', of.tag)
    .option('--wait-image <image>', 'image of containers that wait for a dependency', of.waitImage)
    .option('--kubectl-image <image>', 'image of containers that wait for a Job', of.kubectlImage)
    .option('--cluster-domain <domain>', 'DNS domain of the cluster', of.clusterDomain)
    .option(
      '--extended-resource <name=vendor.com/name>',
      'extended resource for a device; may be repeated',
      collectPair,
      new Map(),
    )
    .option(
      '--allow <what>',
      'host-socket, host-devices, privileged or outside-file=PATH; may be repeated',
      collectAllow,
      [],
    );
}

/** The program; `finish` receives the exit code of the command that ran. */
export function createProgram(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('longshore')
    .description('Converts Docker Compose projects into Kubernetes manifests, and says what became of every line.')
    .version(version, '-V, --version')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .exitOverride()
    .showHelpAfterError('(longshore --help lists the commands)')
    .addHelpText(
      'after',
      '\nExamples:\n  longshore convert                      a file per object, beside the Compose file\n  longshore convert --stdout | kubectl apply -f -\n  longshore explain healthcheck',
    );
  const convert = program.command('convert').description('write the Kubernetes manifests of a Compose project');
  addSurroundings(addConversion(addOutput(addInput(convert)))).action((flags: ConvertFlags) =>
    finish(runConvert(flags, io)),
  );
  program
    .command('explain')
    .description('say what becomes of a Compose attribute')
    .argument('<attribute>', 'such as healthcheck, ports[].published or volumes.*.driver')
    .action((attribute: string) => finish(runExplain(attribute, io)));
  return program;
}
