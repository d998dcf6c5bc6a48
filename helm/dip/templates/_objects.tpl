{{/*
The plain objects, as they are in config/knative, triggers and config/alternatives/class-kafka.yaml (and wake-ahead.yaml,
where it is wanted), in a list of {file, object}. Left out is what `kubectl` needs and Helm does not (the Namespace is --create-namespace's), what belongs
to another class of Brokers, and SinkBindings, as `dip.environment` writes the Brokers' address itself.
*/}}
{{- define "dip.objects" -}}
{{- $found := list -}}
{{- $globs := list "files-config/*.yaml" "files-triggers/*.yaml" "files-class-kafka.yaml" -}}
{{- if $.Values.wakeAhead -}}{{- $globs = append $globs "files-wake-ahead.yaml" -}}{{- end -}}
{{- range $glob := $globs -}}
{{- range $file, $bytes := $.Files.Glob $glob -}}
  {{- range $text := regexSplit "(?m)^---\\s*$" (toString $bytes) -1 -}}
    {{- $object := fromYaml $text -}}
    {{- if hasKey $object "Error" -}}{{ fail (printf "%s can't be read: %s" $file $object.Error) }}{{- end -}}
    {{- $class := dig "metadata" "labels" "dip.dev/broker-class" $.Values.broker.class $object -}}
    {{- if and $object (eq $class $.Values.broker.class) (not (has $object.kind (list "Namespace" "SinkBinding"))) -}}
      {{- $found = append $found (dict "file" $file "object" $object) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}
{{ toJson $found }}
{{- end -}}
