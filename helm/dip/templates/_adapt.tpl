{{/*
Each of these changes one plain object in place and prints nothing; {object, root} is the object and the chart's scope.
First, what holds for every object: the release's namespace, labels that say which release it is of, and annotations.
*/}}
{{- define "dip.adapt" -}}
{{- $metadata := .object.metadata -}}
{{- $_ := set $metadata "namespace" .root.Release.Namespace -}}
{{- $_ := set $metadata "labels" (merge (fromYaml (include "dip.labels" .root)) (default dict $metadata.labels)) -}}
{{- with .root.Values.annotations -}}{{- $_ := set $metadata "annotations" (merge (dict) ($metadata.annotations | default dict) .) -}}{{- end -}}
{{- $kinds := dict "Broker" "dip.broker" "ConfigMap" "dip.brokerConfig" "EventType" "dip.eventType" -}}
{{- $kinds = merge $kinds (dict "NetworkPolicy" "dip.networkPolicy") -}}
{{- if .root.Values.oidc -}}{{- $kinds = merge $kinds (dict "Trigger" "dip.oidcTrigger") -}}{{- end -}}
{{- $kinds = merge $kinds (dict "Role" "dip.role" "RoleBinding" "dip.roleBinding" "Service" "dip.service") -}}
{{- with get $kinds .object.kind }}{{ include . $ }}{{ end -}}
{{- end -}}

{{/* Labels that the chart adds. None is on a Revision's template: a new chart alone makes no new Revision. */}}
{{- define "dip.labels" -}}
{{- range $name, $value := .Values.labels }}
{{ $name }}: {{ quote $value }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/instance: {{ .Release.Name }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* How hard the Broker `default` tries; `dead-letters` keeps its hours of retries, whoever asks. */}}
{{- define "dip.broker" -}}
{{- if eq .object.metadata.name "default" -}}
  {{- $_ := set .object.spec.delivery "retry" .root.Values.broker.delivery.retry -}}
  {{- $_ := set .object.spec.delivery "backoffDelay" .root.Values.broker.delivery.backoffDelay -}}
{{- end -}}
{{- end -}}

{{/* What the Brokers of either class keep events in. */}}
{{- define "dip.brokerConfig" -}}
{{- $data := .object.data -}}
{{- $broker := .root.Values.broker -}}
{{- if eq .object.metadata.name "broker-channel" -}}
  {{- $channel := get $data "channel-template-spec" | fromYaml -}}
  {{- $_ := set $channel.spec "numPartitions" $broker.partitions -}}
  {{- $_ := set $channel.spec "replicationFactor" $broker.replication -}}
  {{- $_ := set $channel.spec "retentionDuration" (printf "PT%dH" (int $broker.retentionHours)) -}}
  {{- $_ := set $data "channel-template-spec" (printf "%s\n" (toYaml $channel)) -}}
{{- else if eq .object.metadata.name "broker-kafka" -}}
  {{- $_ := set $data "bootstrap.servers" $broker.kafka.bootstrapServers -}}
  {{- $_ := set $data "default.topic.partitions" (int $broker.partitions | toString) -}}
  {{- $_ := set $data "default.topic.replication.factor" (int $broker.replication | toString) -}}
  {{- $_ := set $data "default.topic.config.retention.ms" (int64 $broker.retentionHours | mul 3600000 | toString) -}}
  {{- with $broker.kafka.existingSecret -}}{{- $_ := set $data "auth.secret.ref.name" . -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Puts the ingress' namespaces in the place of Kourier's. */}}
{{- define "dip.networkPolicy" -}}
{{- $root := .root -}}
{{- range $rule := .object.spec.ingress -}}
  {{- $from := list -}}
  {{- range $peer := $rule.from -}}
    {{- if eq (dig "namespaceSelector" "matchLabels" "kubernetes.io/metadata.name" "" $peer) "kourier-system" -}}
      {{- range $root.Values.networkPolicy.ingressNamespaces -}}
        {{- $from = append $from (dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" .))) -}}
      {{- end -}}
    {{- else -}}
      {{- $from = append $from $peer -}}
    {{- end -}}
  {{- end -}}
  {{- if $from -}}{{- $_ := set $rule "from" $from -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/* A Role names Secrets, which may have other names here. */}}
{{- define "dip.role" -}}
{{- $root := .root -}}
{{- range $rule := .object.rules -}}
  {{- $names := list -}}
  {{- range $rule.resourceNames -}}
    {{- $names = append $names (include "dip.secretName" (dict "name" . "root" $root)) -}}
  {{- end -}}
  {{- if $names -}}{{- $_ := set $rule "resourceNames" $names -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Of EventTypes and RoleBindings a namespace has to be written out beyond their own. */}}
{{- define "dip.eventType" -}}
{{- $_ := set .object.spec.reference "namespace" .root.Release.Namespace -}}
{{- end -}}

{{- define "dip.roleBinding" -}}
{{- $namespace := .root.Release.Namespace -}}
{{- range .object.subjects -}}
  {{- if eq .kind "ServiceAccount" -}}{{- $_ := set . "namespace" $namespace -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Prints a Secret's name in this release for its name in the plain files. */}}
{{- define "dip.secretName" -}}
{{- $values := .root.Values -}}
{{- dict "dip-state" $values.state.existingSecret "dip-tokens" $values.tokens.existingSecret | dig .name .name -}}
{{- end -}}
