{{/* A name under `services` that no Knative Service has would change nothing, silently. */}}
{{- define "dip.checkValues" -}}
{{- $names := list -}}
{{- range .objects -}}
  {{- if eq .object.kind "Service" -}}{{- $names = append $names .object.metadata.name -}}{{- end -}}
{{- end -}}
{{- range $name, $_ := .root.Values.services -}}
  {{- if not (has $name $names) -}}
    {{- fail (printf "Expected a name under services from %s, got %q." (join ", " $names) $name) -}}
  {{- end -}}
{{- end -}}
{{- $trial := values .root.Values.state.trial | compact -}}
{{- if and $trial (lt (len $trial) 4) -}}
  {{- fail (printf "Expected all four values under state.trial or none, got %d." (len $trial)) -}}
{{- end -}}
{{- end -}}

{{/*
Whether the cluster has what the objects need. Only a cluster names kinds; `helm lint` and `helm template` know none, so
there is nothing to check for them.
*/}}
{{- define "dip.checkCluster" -}}
{{- if and .Values.checks (.Capabilities.APIVersions.Has "v1/Namespace") -}}
  {{- include "dip.require" (dict "root" . "kind" "serving.knative.dev/v1/Service" "what" "Knative Serving") -}}
  {{- include "dip.require" (dict "root" . "kind" "eventing.knative.dev/v1/Broker" "what" "Knative Eventing") -}}
  {{- include "dip.require" (dict "root" . "kind" "eventing.knative.dev/v1beta3/EventType" "what" "a newer Knative Eventing") -}}
  {{- if eq .Values.broker.class "Kafka" -}}
    {{- include "dip.require" (dict "root" . "kind" "internal.kafka.eventing.knative.dev/v1alpha1/ConsumerGroup" "what" "Knative's Kafka Broker (eventing-kafka-broker)") -}}
  {{- else -}}
    {{- include "dip.require" (dict "root" . "kind" "messaging.knative.dev/v1beta1/KafkaChannel" "what" "Knative's Kafka channel (eventing-kafka-broker)") -}}
  {{- end -}}
  {{- if .Values.monitoring.alerts -}}
    {{- $advice := "A Prometheus without it reads config/monitoring/alerts.yaml as docs/operation.md says: --set monitoring.alerts=false" -}}
    {{- include "dip.require" (dict "root" . "kind" "monitoring.coreos.com/v1/PrometheusRule" "what" "the Prometheus operator" "advice" $advice) -}}
  {{- end -}}
  {{- include "dip.requireClass" . -}}
  {{- include "dip.requireFeatures" . -}}
{{- end -}}
{{- end -}}

{{/* One kind that has to be there, {kind, what}; and, where docs/cluster.md does not say how it gets there, {advice}. */}}
{{- define "dip.require" -}}
{{- if not (.root.Capabilities.APIVersions.Has .kind) -}}
  {{- $advice := .advice | default "docs/cluster.md says how to install it" -}}
  {{- fail (printf "This cluster has no %s: %s is missing. %s; --set checks=false goes on without." .kind .what $advice) -}}
{{- end -}}
{{- end -}}

{{/* A Broker's class can't be changed, which the API server would say less clearly and after other changes. */}}
{{- define "dip.requireClass" -}}
{{- range $name := list "default" "dead-letters" -}}
  {{- $broker := lookup "eventing.knative.dev/v1" "Broker" $.Release.Namespace $name -}}
  {{- $class := dig "metadata" "annotations" "eventing.knative.dev/broker.class" $.Values.broker.class $broker -}}
  {{- if ne $class $.Values.broker.class -}}
    {{- fail (printf "The Broker %s is of class %s, which can't be changed to %s: delete it first, when all it holds is delivered." $name $class $.Values.broker.class) -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/* What only a feature of Knative lets pods have; its webhook would say so without the feature's name. */}}
{{- define "dip.requireFeatures" -}}
{{- $features := dict "nodeSelector" "nodeselector" "tolerations" "tolerations" "affinity" "affinity" -}}
{{- $_ := set $features "topologySpreadConstraints" "topologyspreadconstraints" -}}
{{- $wanted := list -}}
{{- range $value, $name := $features -}}
  {{- range $said := concat (list $.Values) (values $.Values.services) -}}
    {{- if get $said $value -}}{{- $wanted = append $wanted $value -}}{{- end -}}
  {{- end -}}
{{- end -}}
{{- $config := $wanted | empty | ternary dict (lookup "v1" "ConfigMap" "knative-serving" "config-features") -}}
{{- if $config -}}
  {{- range $value := uniq $wanted -}}
    {{- $feature := printf "kubernetes.podspec-%s" (get $features $value) -}}
    {{- if eq "disabled" (dig "data" $feature "disabled" $config | lower) -}}
      {{- fail (printf "Knative takes no %s: its feature %s is disabled. Enable it: kubectl -n knative-serving patch configmap config-features --type merge -p '{\"data\":{\"%s\":\"enabled\"}}'" $value $feature $feature) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
