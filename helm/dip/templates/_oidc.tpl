{{/*
What config/alternatives/oidc adds to a Service, {object, root}: the same operations, each of which puts an item at the end of a
list. A Service that publishes to no Broker hears none either, and is left alone.
*/}}
{{- define "dip.oidcService" -}}
{{- $root := .root -}}
{{- $spec := .object.spec.template.spec -}}
{{- $container := first $spec.containers -}}
{{- $sink := "" -}}
{{- range $container.env -}}{{- if eq .name "K_SINK" -}}{{- $sink = base .value -}}{{- end -}}{{- end -}}
{{- if $sink -}}
{{- range $file := list "service" (printf "publishes-to-%s" $sink) -}}
  {{- $text := $root.Files.Get (printf "files-oidc/%s.yaml" $file) | required (printf "files-oidc/%s.yaml is missing." $file) -}}
  {{- range $operation := include "dip.oidcMoved" (dict "text" $text "root" $root) | fromYamlArray -}}
    {{- $at := trimSuffix "/-" $operation.path | base -}}
    {{- $into := eq $at "volumes" | ternary $spec $container -}}
    {{- $_ := set $into $at (append (get $into $at) $operation.value) -}}
  {{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A Trigger's token is for somebody, {object, root}. */}}
{{- define "dip.oidcTrigger" -}}
{{- range $operation := .root.Files.Get "files-oidc/trigger.yaml" | fromYamlArray -}}
  {{- $_ := set $.object.spec.subscriber (base $operation.path) $operation.value -}}
{{- end -}}
{{- end -}}

{{/* Prints what stands in one of those files, with this release's namespace in the place of `dip`, {text, root}. */}}
{{- define "dip.oidcMoved" -}}
{{- $namespace := .root.Release.Namespace -}}
{{- .text | replace "serviceaccount:dip:" (printf "serviceaccount:%s:" $namespace) | replace "/broker/dip/" (printf "/broker/%s/" $namespace) -}}
{{- end -}}
