// Command api-validate reads Kubernetes manifests and says what a real API server of one version would refuse.
//
// It decodes strictly, applies the defaults, and calls the create strategy of each kind: the same functions,
// in the same order, as kube-apiserver, without etcd and without admission plug-ins.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/capabilities"
	"sigs.k8s.io/yaml"
)

// kubernetesVersion is the version of k8s.io/kubernetes in go.mod.
const kubernetesVersion = "v1.37.2"

var scheme = legacyscheme.Scheme

// checker carries what must be known across the objects of one stream.
type checker struct {
	namespace string
	problems  io.Writer
	warnings  io.Writer
	failed    bool
	objects   int
	seen      map[string]bool
	nodePorts map[string]string
}

func main() {
	namespace := flag.String("namespace", "default", "namespace of objects that name none")
	gates := flag.String("feature-gates", "", "gates to switch, such as EmptyDirVolumeMode=true,ContainerStopSignals=true")
	version := flag.Bool("version", false, "print the Kubernetes version and exit")
	flag.Parse()
	if *version {
		fmt.Println(kubernetesVersion)
		return
	}
	silenceKlog()
	if err := utilfeature.DefaultMutableFeatureGate.Set(*gates); err != nil {
		fmt.Fprintln(os.Stderr, "api-validate:", err)
		os.Exit(2)
	}
	// The server's own default is off, but every known distribution starts it with --allow-privileged.
	capabilities.Setup(true, 0)
	c := &checker{
		namespace: *namespace, problems: os.Stdout, warnings: os.Stderr,
		seen: map[string]bool{}, nodePorts: map[string]string{},
	}
	if err := c.stream(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "api-validate:", err)
		os.Exit(2)
	}
	if c.failed {
		os.Exit(1)
	}
}

// silenceKlog keeps the server's own log (feature gates, validation migration) out of the answer.
func silenceKlog() {
	var flags flag.FlagSet
	klog.InitFlags(&flags)
	_ = flags.Set("logtostderr", "false")
	klog.SetOutput(io.Discard)
}

// problem prints one line and remembers that the run has failed.
func (c *checker) problem(where, message string) {
	c.failed = true
	fmt.Fprintf(c.problems, "%s: %s\n", where, strings.ReplaceAll(message, "\n", " "))
}

// stream checks every document; a stream without any object is an error, since it proves nothing.
func (c *checker) stream(in io.Reader) error {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(in))
	for number := 1; ; number++ {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		c.document(fmt.Sprintf("document %d", number), text)
	}
	if c.objects == 0 && !c.failed {
		return errors.New("no object on stdin")
	}
	return nil
}

// document turns YAML or JSON into objects, and a List into its items.
func (c *checker) document(where string, text []byte) {
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		c.problem(where, err.Error())
		return
	}
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		return
	}
	var list struct {
		Kind     string `json:"kind"`
		Metadata struct {
			Name string `json:"name"`
		} `json:"metadata"`
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		c.problem(where, err.Error())
		return
	}
	if list.Kind != "" {
		where = list.Kind + "/" + list.Metadata.Name
	}
	if _, err := yaml.YAMLToJSONStrict(text); err != nil {
		c.problem(where, err.Error())
	}
	if list.Kind != "List" {
		c.object(where, data)
		return
	}
	for index, item := range list.Items {
		c.document(fmt.Sprintf("%s item %d", where, index), item)
	}
}

// object decodes, defaults, and creates one object as the API server would.
func (c *checker) object(where string, data []byte) {
	c.objects++
	decoder := serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme, scheme,
		serializer.SerializerOptions{Strict: true})
	versioned, gvk, err := decoder.Decode(data, nil, nil)
	if strict, ok := runtime.AsStrictDecodingError(err); ok {
		for _, each := range strict.Errors() {
			c.problem(where, each.Error())
		}
	} else if err != nil {
		c.problem(where, err.Error())
		return
	}
	strategy, ok := strategies[gvk.GroupKind()]
	if !ok {
		c.problem(where, fmt.Sprintf("no create strategy for %s is built into api-validate", gvk))
		return
	}
	scheme.Default(versioned)
	object, err := scheme.ConvertToVersion(versioned, schema.GroupVersion{Group: gvk.Group, Version: runtime.APIVersionInternal})
	if err != nil {
		c.problem(where, err.Error())
		return
	}
	if !c.identity(where, *gvk, strategy, object) {
		return
	}
	if service, ok := object.(*core.Service); ok {
		for _, message := range c.allocate(where, service) {
			c.problem(where, message)
		}
	}
	before := c.fields(where, object, *gvk)
	if !c.create(where, "", *gvk, strategy, object) {
		return
	}
	for _, path := range missing(before, c.fields(where, object, *gvk), "") {
		c.problem(where, path+": dropped without a word by the API server (its feature gate is off)")
	}
	if pod := instantiate(object); pod != nil {
		// What a controller sends is defaulted as a pod, which fills in more than the defaults of a template.
		defaulted, err := defaultPod(pod)
		if err != nil {
			c.problem(where, err.Error())
			return
		}
		c.create(where, "its pod: ", podKind, strategies[podKind.GroupKind()], defaulted)
	}
}

// defaultPod takes a pod through its external version, where defaults are known.
func defaultPod(pod *core.Pod) (runtime.Object, error) {
	external, err := scheme.ConvertToVersion(pod, schema.GroupVersion{Version: "v1"})
	if err != nil {
		return nil, err
	}
	scheme.Default(external)
	return scheme.ConvertToVersion(external, schema.GroupVersion{Version: runtime.APIVersionInternal})
}

// identity fills the namespace and refuses the second object of one kind, namespace and name.
func (c *checker) identity(where string, gvk schema.GroupVersionKind, strategy rest.RESTCreateStrategy, object runtime.Object) bool {
	accessor, err := meta.Accessor(object)
	if err != nil {
		c.problem(where, err.Error())
		return false
	}
	if strategy.NamespaceScoped() && accessor.GetNamespace() == "" {
		accessor.SetNamespace(c.namespace)
	}
	if !strategy.NamespaceScoped() && accessor.GetNamespace() != "" {
		c.problem(where, "metadata.namespace: the kind is cluster-scoped")
	}
	if accessor.GetName() == "" && accessor.GetGenerateName() != "" {
		accessor.SetName(strategy.GenerateName(accessor.GetGenerateName()))
	}
	key := strings.Join([]string{gvk.GroupKind().String(), accessor.GetNamespace(), accessor.GetName()}, "/")
	if c.seen[key] {
		c.problem(where, fmt.Sprintf("%q already exists in namespace %q", accessor.GetName(), accessor.GetNamespace()))
	}
	c.seen[key] = true
	return true
}

// create runs BeforeCreate of the generic registry, prints its verdict, and says whether it was good.
func (c *checker) create(where, prefix string, gvk schema.GroupVersionKind, strategy rest.RESTCreateStrategy, object runtime.Object) bool {
	accessor, err := meta.Accessor(object)
	if err != nil {
		c.problem(where, err.Error())
		return false
	}
	rest.FillObjectMetaSystemFields(accessor)
	ctx := genericapirequest.WithNamespace(context.Background(), accessor.GetNamespace())
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIGroup: gvk.Group, APIVersion: gvk.Version,
		Resource: strings.ToLower(gvk.Kind) + "s", Namespace: accessor.GetNamespace(), Name: accessor.GetName(),
	})
	ctx = warning.WithWarningRecorder(ctx, recorder{c, where, prefix})
	err = rest.BeforeCreate(strategy, ctx, object)
	if err == nil {
		return true
	}
	for _, message := range causes(err) {
		c.problem(where, prefix+message)
	}
	return false
}

// recorder prints API server warnings, which refuse nothing, beside the problems.
type recorder struct {
	checker *checker
	where   string
	prefix  string
}

func (r recorder) AddWarning(_, text string) {
	fmt.Fprintf(r.checker.warnings, "%s: warning: %s%s\n", r.where, r.prefix, text)
}

// fields is the object as its client would read it back, after defaulting.
func (c *checker) fields(where string, object runtime.Object, gvk schema.GroupVersionKind) map[string]any {
	versioned, err := scheme.ConvertToVersion(object.DeepCopyObject(), gvk.GroupVersion())
	if err != nil {
		c.problem(where, err.Error())
		return nil
	}
	result, err := runtime.DefaultUnstructuredConverter.ToUnstructured(versioned)
	if err != nil {
		c.problem(where, err.Error())
	}
	delete(result, "status")
	delete(result, "metadata")
	return result
}
