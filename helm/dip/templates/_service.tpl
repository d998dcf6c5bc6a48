{{/* A Knative Service, changed in place: its image, its scale, its environment, its Secrets, its pods. */}}
{{- define "dip.service" -}}
{{- $root := .root -}}
{{- $name := .object.metadata.name -}}
{{- $own := get $root.Values.services $name | default dict -}}
{{- $template := .object.spec.template -}}
{{- $container := first $template.spec.containers -}}
{{- $_ := set $container "image" (include "dip.image" (dict "name" $name "root" $root)) -}}
{{- with $root.Values.image.pullPolicy -}}{{- $_ := set $container "imagePullPolicy" . -}}{{- end -}}
{{- with $own.resources -}}{{- $_ := set $container "resources" (mergeOverwrite $container.resources .) -}}{{- end -}}
{{- if $root.Values.oidc -}}{{- include "dip.oidcService" . -}}{{- end -}}
{{- include "dip.scale" (dict "name" $name "own" $own "template" $template) -}}
{{- include "dip.environment" (dict "name" $name "own" $own "container" $container "root" $root) -}}
{{- range $template.spec.volumes -}}
  {{- with .secret -}}{{- $_ := set . "secretName" (include "dip.secretName" (dict "name" .secretName "root" $root)) -}}{{- end -}}
{{- end -}}
{{- include "dip.pods" (dict "name" $name "own" $own "template" $template "root" $root) -}}
{{- end -}}

{{/* Prints the reference of a service's image: its own, or the registry's with the one tag of all. */}}
{{- define "dip.image" -}}
{{- $image := .root.Values.image -}}
{{- $path := list $image.registry $image.repository .name | compact | join "/" -}}
{{- dig .name "image" "" .root.Values.services | default (printf "%s:%s" $path ($image.tag | default .root.Chart.AppVersion)) -}}
{{- end -}}

{{/* How many pods, and how many requests at once in each. A 0 is a value too, so it is asked whether a key is there. */}}
{{- define "dip.scale" -}}
{{- $annotations := .template.metadata.annotations -}}
{{- $own := .own -}}
{{- range $key, $annotation := dict "minScale" "min-scale" "maxScale" "max-scale" "target" "target" -}}
  {{- if hasKey $own $key -}}
    {{- $_ := set $annotations (printf "autoscaling.knative.dev/%s" $annotation) (get $own $key | int | toString) -}}
  {{- end -}}
{{- end -}}
{{- if hasKey $own "concurrency" -}}{{- $_ := set .template.spec "containerConcurrency" $own.concurrency -}}{{- end -}}
{{- $least := get $annotations "autoscaling.knative.dev/min-scale" | int -}}
{{- $most := get $annotations "autoscaling.knative.dev/max-scale" | int -}}
{{- if and $most (gt $least $most) -}}
  {{- fail (printf "Expected services.%s.minScale up to maxScale, %d, got %d." .name $most $least) -}}
{{- end -}}
{{- $target := get $annotations "autoscaling.knative.dev/target" | int -}}
{{- $limit := .template.spec.containerConcurrency | int -}}
{{- if and $limit (gt $target $limit) -}}
  {{- fail (printf "Expected services.%s.target up to concurrency, %d, got %d." .name $limit $target) -}}
{{- end -}}
{{- end -}}

{{/*
The environment: addresses in this namespace and of this class of Brokers, the Secrets' names, and what the values say, for
all services or, which goes before, for one. What the chart or a Secret says can't be said in the values.
*/}}
{{- define "dip.environment" -}}
{{- $root := .root -}}
{{- $said := merge (dict) (.own.env | default dict) $root.Values.env -}}
{{- with $root.Values.telemetry.endpoint -}}{{- $said = merge $said (dict "OTEL_EXPORTER_OTLP_ENDPOINT" .) -}}{{- end -}}
{{- $environment := list -}}
{{- range $variable := .container.env -}}
  {{- if or (eq .name "K_SINK") .valueFrom -}}
    {{- if hasKey $said .name -}}
      {{- fail (printf "Expected no %s in the values' env: the chart sets it, or a Secret does." .name) -}}
    {{- end -}}
  {{- end -}}
  {{- if eq .name "K_SINK" -}}
    {{- $_ := set . "value" (include "dip.brokerUrl" (dict "broker" (base .value) "root" $root)) -}}
  {{- else if .valueFrom -}}
    {{- with .valueFrom.secretKeyRef -}}{{- $_ := set . "name" (include "dip.secretName" (dict "name" .name "root" $root)) -}}{{- end -}}
  {{- else -}}
    {{- $inNamespace := printf ".%s.svc.%s" $root.Release.Namespace $root.Values.clusterDomain -}}
    {{- $_ := set . "value" (dig .name (replace ".dip.svc.cluster.local" $inNamespace .value) $said) -}}
    {{- $said = omit $said .name -}}
  {{- end -}}
  {{- $environment = append $environment $variable -}}
{{- end -}}
{{- range $name, $value := $said -}}
  {{- $environment = append $environment (dict "name" $name "value" $value) -}}
{{- end -}}
{{- $_ := set .container "env" $environment -}}
{{- end -}}

{{/* Prints where events for a Broker are posted to, inside the cluster. */}}
{{- define "dip.brokerUrl" -}}
{{- $hosts := dict "MTChannelBasedBroker" "broker-ingress" "Kafka" "kafka-broker-ingress" -}}
{{- $host := get $hosts .root.Values.broker.class -}}
{{- printf "http://%s.knative-eventing.svc.%s/%s/%s" $host .root.Values.clusterDomain .root.Release.Namespace .broker -}}
{{- end -}}
