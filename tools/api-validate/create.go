package main

import (
	"errors"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/apis/apps"
	"k8s.io/kubernetes/pkg/apis/batch"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/apis/core/validation"

	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"

	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
)

var podKind = schema.GroupVersionKind{Version: "v1", Kind: "Pod"}

// strategies holds what kube-apiserver runs before it stores a new object.
var strategies = map[schema.GroupKind]rest.RESTCreateStrategy{
	{Kind: "ConfigMap"}:                                              configmap.Strategy,
	{Kind: "LimitRange"}:                                             limitrange.Strategy,
	{Kind: "Namespace"}:                                              namespace.Strategy,
	{Kind: "PersistentVolume"}:                                       persistentvolume.Strategy,
	{Kind: "PersistentVolumeClaim"}:                                  persistentvolumeclaim.Strategy,
	{Kind: "Pod"}:                                                    pod.Strategy,
	{Kind: "ResourceQuota"}:                                          resourcequota.Strategy,
	{Kind: "Secret"}:                                                 secret.Strategy,
	{Kind: "Service"}:                                                service.Strategy,
	{Kind: "ServiceAccount"}:                                         serviceaccount.Strategy,
	{Group: "apps", Kind: "DaemonSet"}:                               daemonset.Strategy,
	{Group: "apps", Kind: "Deployment"}:                              deployment.Strategy,
	{Group: "apps", Kind: "ReplicaSet"}:                              replicaset.Strategy,
	{Group: "apps", Kind: "StatefulSet"}:                             statefulset.Strategy,
	{Group: "autoscaling", Kind: "HorizontalPodAutoscaler"}:          horizontalpodautoscaler.Strategy,
	{Group: "batch", Kind: "CronJob"}:                                cronjob.Strategy,
	{Group: "batch", Kind: "Job"}:                                    job.Strategy,
	{Group: "networking.k8s.io", Kind: "Ingress"}:                    ingress.Strategy,
	{Group: "networking.k8s.io", Kind: "IngressClass"}:               ingressclass.Strategy,
	{Group: "networking.k8s.io", Kind: "NetworkPolicy"}:              networkpolicy.Strategy,
	{Group: "policy", Kind: "PodDisruptionBudget"}:                   poddisruptionbudget.Strategy,
	{Group: "rbac.authorization.k8s.io", Kind: "ClusterRole"}:        clusterrole.Strategy,
	{Group: "rbac.authorization.k8s.io", Kind: "ClusterRoleBinding"}: clusterrolebinding.Strategy,
	{Group: "rbac.authorization.k8s.io", Kind: "Role"}:               role.Strategy,
	{Group: "rbac.authorization.k8s.io", Kind: "RoleBinding"}:        rolebinding.Strategy,
	{Group: "storage.k8s.io", Kind: "StorageClass"}:                  storageclass.Strategy,
}

// allocate stands in for the IP and port allocators, which live in etcd: a single-stack IPv4 cluster with
// the default node port range.
func (c *checker) allocate(where string, service *core.Service) (problems []string) {
	spec := &service.Spec
	if spec.Type == core.ServiceTypeExternalName {
		return nil
	}
	if spec.ClusterIP != "" && len(spec.ClusterIPs) == 0 {
		spec.ClusterIPs = []string{spec.ClusterIP}
	}
	if spec.IPFamilyPolicy == nil {
		policy := core.IPFamilyPolicySingleStack
		spec.IPFamilyPolicy = &policy
	}
	for _, each := range validation.ValidateServiceClusterIPsRelatedFields(service, nil) {
		problems = append(problems, each.Error())
	}
	if len(spec.IPFamilies) == 0 {
		spec.IPFamilies = []core.IPFamily{core.IPv4Protocol}
	}
	if len(spec.ClusterIPs) == 0 {
		spec.ClusterIP = "10.96.0.10"
		spec.ClusterIPs = []string{spec.ClusterIP}
	}
	for index, port := range spec.Ports {
		if port.NodePort == 0 {
			continue
		}
		field := fmt.Sprintf("spec.ports[%d].nodePort", index)
		if port.NodePort < 30000 || port.NodePort > 32767 {
			problems = append(problems, fmt.Sprintf("%s: %d is not in the range 30000-32767", field, port.NodePort))
		}
		key := fmt.Sprintf("%s/%d", port.Protocol, port.NodePort)
		if holder, taken := c.nodePorts[key]; taken {
			problems = append(problems, fmt.Sprintf("%s: %d is already allocated to %s", field, port.NodePort, holder))
		}
		c.nodePorts[key] = where
	}
	return problems
}

// instantiate builds the pod that the controller of a workload would create first, or nil.
// What a controller cannot create is as broken as what the API server refuses, only later and quieter.
func instantiate(object runtime.Object) *core.Pod {
	switch workload := object.(type) {
	case *apps.Deployment:
		return fromTemplate(workload.Namespace, workload.Name+"-5d8f7c9b6d-x2x7k", workload.Spec.Template,
			map[string]string{"pod-template-hash": "5d8f7c9b6d"})
	case *apps.DaemonSet:
		return fromTemplate(workload.Namespace, workload.Name+"-x2x7k", workload.Spec.Template,
			map[string]string{"controller-revision-hash": "5d8f7c9b6d"})
	case *apps.StatefulSet:
		return firstOfSet(workload)
	case *batch.Job:
		return fromTemplate(workload.Namespace, workload.Name+"-x2x7k", workload.Spec.Template, nil)
	case *batch.CronJob:
		return fromTemplate(workload.Namespace, workload.Name+"-29000000-x2x7k", workload.Spec.JobTemplate.Spec.Template,
			map[string]string{"batch.kubernetes.io/job-name": workload.Name + "-29000000"})
	}
	return nil
}

func fromTemplate(namespace, name string, template core.PodTemplateSpec, labels map[string]string) *core.Pod {
	template = *template.DeepCopy()
	pod := &core.Pod{ObjectMeta: template.ObjectMeta, Spec: template.Spec}
	pod.Namespace, pod.Name = namespace, name
	if pod.Labels == nil {
		pod.Labels = map[string]string{}
	}
	for key, value := range labels {
		pod.Labels[key] = value
	}
	return pod
}

// firstOfSet gives pod 0 its claims, host name and labels, as pkg/controller/statefulset does.
func firstOfSet(set *apps.StatefulSet) *core.Pod {
	name := set.Name + "-0"
	pod := fromTemplate(set.Namespace, name, set.Spec.Template, map[string]string{
		"statefulset.kubernetes.io/pod-name": name,
		"apps.kubernetes.io/pod-index":       "0",
		"controller-revision-hash":           set.Name + "-5d8f7c9b6d",
	})
	pod.Spec.Hostname, pod.Spec.Subdomain = name, set.Spec.ServiceName
	claims := map[string]bool{}
	var volumes []core.Volume
	for _, claim := range set.Spec.VolumeClaimTemplates {
		claims[claim.Name] = true
		source := &core.PersistentVolumeClaimVolumeSource{ClaimName: claim.Name + "-" + name}
		volumes = append(volumes, core.Volume{Name: claim.Name, VolumeSource: core.VolumeSource{PersistentVolumeClaim: source}})
	}
	for _, volume := range pod.Spec.Volumes {
		if !claims[volume.Name] {
			volumes = append(volumes, volume)
		}
	}
	pod.Spec.Volumes = volumes
	return pod
}

// causes splits an Invalid status into one message per field.
func causes(err error) (messages []string) {
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.ErrStatus.Details == nil || len(status.ErrStatus.Details.Causes) == 0 {
		return []string{err.Error()}
	}
	for _, cause := range status.ErrStatus.Details.Causes {
		messages = append(messages, cause.Field+": "+cause.Message)
	}
	return messages
}

// missing lists the paths that are in before and no longer in after.
func missing(before, after any, path string) (paths []string) {
	switch old := before.(type) {
	case map[string]any:
		now, _ := after.(map[string]any)
		for key, value := range old {
			child := key
			if path != "" {
				child = path + "." + key
			}
			if _, ok := now[key]; !ok {
				paths = append(paths, child)
				continue
			}
			paths = append(paths, missing(value, now[key], child)...)
		}
	case []any:
		now, _ := after.([]any)
		for index, value := range old {
			child := fmt.Sprintf("%s[%d]", path, index)
			if index >= len(now) {
				paths = append(paths, child)
				continue
			}
			paths = append(paths, missing(value, now[index], child)...)
		}
	}
	return paths
}
