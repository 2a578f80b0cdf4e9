declare module "postject" {
  /** Puts data into a program as a resource of this name, and flips the fuse that says so. */
  export function inject(
    program: string,
    resource: string,
    data: Buffer,
    options: { readonly sentinelFuse: string },
  ): Promise<void>;
}
