import {listAt, textAt} from '#kit/json';
import type {Check} from '../finding.ts';
import {deployedOf, kinds, nameOf} from '../snapshot.ts';

export const images: Check = {
  name: 'images',
  about: 'Whether the images of services name a registry',
  examine(snapshot) {
    const services = deployedOf(snapshot, kinds.service);
    const bare = services.filter((service) =>
      listAt(service, 'spec', 'template', 'spec', 'containers').some((container) =>
        (textAt(container, 'image') ?? '').startsWith('dip/'),
      ),
    );
    if (services.length === 0) return [];
    if (bare.length === 0) return [{standing: 'ok', sentence: 'All images name a registry.'}];
    const names = bare.map(nameOf).join(', ');
    return [
      {
        standing: 'wrong',
        sentence: `The images of ${names} name no registry, so that dip/<service> would be pulled from Docker Hub, where it is not.`,
        next: 'Deploy with skaffold, or with the chart and its image.registry; or: kubectl kustomize with `images`.',
      },
    ];
  },
};
