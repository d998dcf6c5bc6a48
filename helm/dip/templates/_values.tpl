{{/*
What is said to be null is as empty as when nothing was said of it: that is how an upgrade that reuses values takes a mapping back.
Changes the values in place and prints nothing.
*/}}
{{- define "dip.emptyValues" -}}
{{- $mappings := list "annotations" "env" "labels" "nodeSelector" "podAnnotations" "podLabels" "securityContext" "services" "settings" -}}
{{- $lists := list "envFrom" "tolerations" "topologySpreadConstraints" "volumeMounts" "volumes" -}}
{{- range $mappings -}}{{- if not (get $.Values .) -}}{{- $_ := set $.Values . dict -}}{{- end -}}{{- end -}}
{{- range $lists -}}{{- if not (get $.Values .) -}}{{- $_ := set $.Values . list -}}{{- end -}}{{- end -}}
{{- end -}}
