{{/*
Where a service's pods run, what they hold and what they are called, {name, own, template, root}: as all services have it, and
as one has it for itself. Of mappings the one's own keys win; to lists its own items are added.
*/}}
{{- define "dip.pods" -}}
{{- $all := .root.Values -}}
{{- $own := .own -}}
{{- $spec := .template.spec -}}
{{- $container := first $spec.containers -}}
{{- $metadata := .template.metadata -}}
{{- $_ := set $metadata "labels" (merge (dict) $metadata.labels ($own.podLabels | default dict) $all.podLabels) -}}
{{- $_ := set $metadata "annotations" (merge (dict) ($own.podAnnotations | default dict) $all.podAnnotations $metadata.annotations) -}}
{{- $reads := list -}}
{{- range $spec.volumes -}}{{- $reads = append $reads .name -}}{{- end -}}
{{- if and $all.settings (has "settings" $reads) -}}
  {{- $_ := set $metadata.annotations "dip.dev/settings" (toJson $all.settings | sha256sum | trunc 12) -}}
{{- end -}}
{{- with merge (dict) ($own.nodeSelector | default dict) $all.nodeSelector -}}{{- $_ := set $spec "nodeSelector" . -}}{{- end -}}
{{- with $own.affinity | default $all.affinity -}}{{- $_ := set $spec "affinity" . -}}{{- end -}}
{{- with concat $all.tolerations ($own.tolerations | default list) -}}{{- $_ := set $spec "tolerations" . -}}{{- end -}}
{{- with include "dip.spread" . | fromJsonArray -}}{{- $_ := set $spec "topologySpreadConstraints" . -}}{{- end -}}
{{- with concat $all.image.pullSecrets ($own.pullSecrets | default list) -}}
  {{- $_ := set $spec "imagePullSecrets" (include "dip.pullSecrets" . | fromYamlArray) -}}
{{- end -}}
{{- with concat $all.volumes ($own.volumes | default list) -}}
  {{- $_ := set $spec "volumes" (concat ($spec.volumes | default list) .) -}}
{{- end -}}
{{- with concat $all.volumeMounts ($own.volumeMounts | default list) -}}
  {{- $_ := set $container "volumeMounts" (concat ($container.volumeMounts | default list) .) -}}
{{- end -}}
{{- with concat $all.envFrom ($own.envFrom | default list) -}}{{- $_ := set $container "envFrom" . -}}{{- end -}}
{{- $security := include "dip.security" (dict "own" $own "root" .root) | fromJson -}}
{{- $_ := set $container "securityContext" (include "dip.merged" (dict "into" $container.securityContext "said" $security) | fromJson) -}}
{{- end -}}

{{/* Prints what the values say of a container's rights, for all services and, which goes before, for one. */}}
{{- define "dip.security" -}}
{{- mergeOverwrite (deepCopy .root.Values.securityContext) (.own.securityContext | default dict) | toJson -}}
{{- end -}}

{{/* Prints a mapping with others' keys in it, {into, said}; a key that is said to be null is left out. */}}
{{- define "dip.merged" -}}
{{- $merged := deepCopy .into -}}
{{- range $key, $value := .said -}}
  {{- if kindIs "invalid" $value -}}{{- $merged = omit $merged $key -}}{{- else -}}{{- $_ := set $merged $key $value -}}{{- end -}}
{{- end -}}
{{- toJson $merged -}}
{{- end -}}

{{/* Prints how a service's pods are spread; where no selector is said, it is about the pods of this service. */}}
{{- define "dip.spread" -}}
{{- $spread := list -}}
{{- $pods := dict "labelSelector" (dict "matchLabels" (dict "serving.knative.dev/service" .name)) -}}
{{- range concat .root.Values.topologySpreadConstraints (.own.topologySpreadConstraints | default list) -}}
  {{- $spread = append $spread (merge (deepCopy .) (hasKey . "labelSelector" | ternary dict $pods)) -}}
{{- end -}}
{{- toJson $spread -}}
{{- end -}}

{{/* Prints the Secrets of the registry by their names, as a pod has them. */}}
{{- define "dip.pullSecrets" -}}
{{- range . }}
- name: {{ . }}
{{- end }}
{{- end -}}
